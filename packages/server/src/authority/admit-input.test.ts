import { COMMAND_RULES, FACT_SOURCES, ROLES, type Command, type Fact } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { admitInput, type Speaker } from './admit-input.js';

const speaker = (role: (typeof ROLES)[number], held = {}): Speaker => ({
  person: { id: role === 'client' ? 'c1' : `${role}-1`, role },
  roles: [role],
  device: 'd1',
  client: 'c1',
  held,
});

describe('[A19] every cell of the table of who may do what', () => {
  for (const role of ROLES) {
    for (const [type, { roles }] of Object.entries(COMMAND_RULES)) {
      const isMeant = (roles as readonly string[]).includes(role);
      test(`${role} ${isMeant ? 'may' : 'may not'} ${type}`, () => {
        const body = { type, client: 'c1', item: 'consent', answer: 'confirmed' } as unknown as Command;
        const admitted = admitInput(speaker(role), body, undefined, 'a1');
        expect(admitted.ok).toBe(isMeant);
        if (!admitted.ok) expect(admitted.code).toBe('not-allowed');
      });
    }
  }
  for (const [type, sources] of Object.entries(FACT_SOURCES)) {
    const isMeant = (sources as readonly string[]).includes('device');
    test(`a device ${isMeant ? 'may' : 'may not'} state ${type}`, () => {
      const body = { type, person: 'c1', device: 'd1', client: 'c1' } as unknown as Fact;
      expect(admitInput(speaker('client'), body, undefined, 'a1').ok).toBe(isMeant);
    });
  }
});

test('[F3][E01] in a small service one person is on several lists: every role of theirs counts', () => {
  const body = { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-1' } as const;
  expect(admitInput(speaker('duty'), body, undefined, 'a1').ok).toBe(false);
  expect(admitInput({ ...speaker('duty'), roles: ['duty', 'supervisor'] }, body, undefined, 'a1').ok).toBe(
    true,
  );
});

describe('[H18] words go to the vault and nowhere else', () => {
  const location = { type: 'item.answer', item: 'location', answer: 'confirmed' } as const;

  test('words that belong to the answer are taken out of it', () => {
    expect(admitInput(speaker('practitioner'), location, { address: 'x' }, 'a1')).toEqual({
      ok: true,
      body: { ...location, answerRef: 'a1' },
      vault: { owner: 'c1', forgets: ['address', 'addressUnit', 'entryNotes'], adds: { address: 'x' } },
    });
  });

  test('words that do not belong to it are refused', () => {
    expect(admitInput(speaker('client'), location, { contactName: 'x' }, 'a1')).toEqual({
      ok: false,
      code: 'bad-answer',
    });
    expect(admitInput(speaker('client'), { type: 'help.ask', client: 'c1' }, { name: 'x' }, 'a1')).toEqual({
      ok: false,
      code: 'malformed',
    });
  });

  test('[H03] "confirmed" without words confirms those that are there, and is refused when there are none', () => {
    expect(admitInput(speaker('client', { address: 'x' }), location, undefined, 'a1')).toEqual({
      ok: true,
      body: { ...location, answerRef: 'a1' },
      vault: null,
    });
    expect(admitInput(speaker('client'), location, undefined, 'a1')).toEqual({
      ok: false,
      code: 'bad-answer',
    });
  });

  test('[H05] "not safe" leaves no older words behind, and a device sets no reference', () => {
    const command = {
      type: 'item.answer',
      item: 'emergencyContact',
      answer: 'notSafe',
      answerRef: 'forged',
    } as const;
    const { answerRef: _, ...body } = command;
    expect(admitInput(speaker('client', { contactName: 'x' }), command, undefined, 'a1')).toEqual({
      ok: true,
      body,
      vault: { owner: 'c1', forgets: ['contactName', 'contactNumber', 'contactMayBeTold'], adds: {} },
    });
  });
});
