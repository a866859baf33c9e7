import type { Command } from '@holdfast/protocol';
import { CLIENT, DUTY, PRACTITIONER, type Walk } from '@holdfast/session/testing';
import fc from 'fast-check';

/** One thing that happens in a session: a person, a device, a network, or only time. */
export interface Move {
  readonly name: string;
  readonly make: (walk: Walk) => void;
}

export const move = (name: string, make: (walk: Walk) => void): Move => ({ name, make });
export const SIDES = [PRACTITIONER, CLIENT] as const;
export const STAFF = [PRACTITIONER, ...DUTY] as const;
export const EVERYBODY = [...SIDES, ...DUTY] as const;
/** May act in safeguarding, too. */
export const LEAD = 'safeguarding-1';
/** Looks back at what happened. */
export const SUPERVISOR = 'supervisor-1';
export const client = CLIENT;

/** A command of one of these people, said now or a while ago. */
export const say = (command: (walk: Walk) => Command, name: string, by: readonly string[] = STAFF) =>
  fc
    .tuple(fc.constantFrom(...by), fc.constantFrom(0, 0, 0, 2000, 100_000))
    .map(([person, agoMs]) =>
      move(`${person} ${name} ${agoMs}`, (walk) =>
        walk.say(person, command(walk), agoMs === 0 ? null : Math.max(0, walk.nowMs - agoMs)),
      ),
    );
