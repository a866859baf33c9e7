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
        const words =
          type === 'privacy.setSafeContact'
            ? { safeContact: 'x' }
            : type === 'staffNote.send'
              ? { staffNote: 'x' }
              : undefined;
        const admitted = admitInput(speaker(role), body, words, 'a1');
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
      body: { ...location, answerRef: 'a1', flags: { isComplete: false } },
      vault: { owner: 'c1', forgets: ['address', 'addressUnit', 'entryNotes'], adds: { address: 'x' } },
    });
  });

  test('[M4][A31] a note between staff is its author’s, takes the place of their last one, and is words only', () => {
    const note = { type: 'staffNote.send', client: 'c1' } as const;
    expect(admitInput(speaker('duty'), note, { staffNote: 'x' }, 'a1')).toEqual({
      ok: true,
      body: note,
      vault: { owner: 'duty-1', forgets: ['staffNote'], adds: { staffNote: 'x' } },
    });
    for (const personal of [undefined, {}, { name: 'x' }, { staffNote: 'x', name: 'x' }])
      expect(admitInput(speaker('practitioner'), note, personal, 'a1')).toMatchObject({ code: 'bad-answer' });
  });

  test('[I20][C10] whether a place is complete comes from which words there are, and never from a device', () => {
    const whole = { address: 'x', addressUnit: 'y', entryNotes: 'z' };
    const said = { ...location, flags: { isComplete: true, samePlace: true } };
    const flagsOf = (held: object, personal?: object) => {
      const admitted = admitInput(speaker('client', held), said, personal, 'a1');
      return admitted.ok && 'flags' in admitted.body ? admitted.body.flags : admitted;
    };
    expect(flagsOf({ address: 'x' })).toEqual({ samePlace: true, isComplete: false });
    expect(flagsOf(whole)).toEqual({ samePlace: true, isComplete: true });
    expect(flagsOf(whole, { address: 'elsewhere' })).toEqual({ samePlace: true, isComplete: false });
    expect(flagsOf({}, whole)).toEqual({ samePlace: true, isComplete: true });
  });

  test('[I22][C16] an agreed sign needs no words, and its words go to the vault', () => {
    const signal = { type: 'item.answer', item: 'signal', answer: 'confirmed' } as const;
    expect(admitInput(speaker('practitioner'), signal, undefined, 'a1')).toMatchObject({
      ok: true,
      vault: null,
    });
    expect(admitInput(speaker('practitioner'), signal, { safeWord: 'x' }, 'a1')).toMatchObject({
      ok: true,
      vault: { owner: 'c1', adds: { safeWord: 'x' } },
    });
    expect(admitInput(speaker('client'), signal, undefined, 'a1')).toEqual({
      ok: false,
      code: 'not-allowed',
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
      body: { ...location, answerRef: 'a1', flags: { isComplete: false } },
      vault: null,
    });
    expect(admitInput(speaker('client'), location, undefined, 'a1')).toEqual({
      ok: false,
      code: 'bad-answer',
    });
  });

  test('[Q11][A38] the words of a safe contact go to the vault; without them, or with others, it is refused', () => {
    const set = { type: 'privacy.setSafeContact', client: 'c1', answerRef: 'forged' } as const;
    expect(admitInput(speaker('practitioner'), set, { safeContact: 'x' }, 'a1')).toEqual({
      ok: true,
      body: { type: set.type, client: 'c1', answerRef: 'a1' },
      vault: { owner: 'c1', forgets: ['safeContact'], adds: { safeContact: 'x' } },
    });
    for (const words of [undefined, {}, { safeContact: 'x', name: 'y' }])
      expect(admitInput(speaker('practitioner'), set, words, 'a1')).toEqual({
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

  test('[S5][A25] a plan for safe contact brings its words, or confirms those that are there; none without them', () => {
    const plan = { type: 'safeguarding.setContactPlan', client: 'c1', plan: 'set' } as const;
    const body = { ...plan, answerRef: 'a1' };
    expect(admitInput(speaker('practitioner'), plan, { safeContact: 'x' }, 'a1')).toEqual({
      ok: true,
      body,
      vault: { owner: 'c1', forgets: ['safeContact'], adds: { safeContact: 'x' } },
    });
    expect(admitInput(speaker('duty', { safeContact: 'x' }), plan, undefined, 'a1')).toEqual({
      ok: true,
      body,
      vault: null,
    });
    expect(admitInput(speaker('practitioner'), plan, undefined, 'a1')).toEqual({
      ok: false,
      code: 'bad-answer',
    });
    const none = { ...plan, plan: 'notNeeded', because: 'contactIsSafe', answerRef: 'forged' } as const;
    const { answerRef: _, ...kept } = none;
    expect(admitInput(speaker('practitioner'), none, undefined, 'a1')).toEqual({
      ok: true,
      body: kept,
      vault: null,
    });
    for (const [command, words] of [
      [none, { safeContact: 'x' }],
      [plan, { name: 'x' }],
    ] as const)
      expect(admitInput(speaker('practitioner'), command, words, 'a1').ok).toBe(false);
  });
});
