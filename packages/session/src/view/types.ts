import type {
  Answer,
  Command,
  Id,
  Instant,
  ItemName,
  Role,
  VaultKey,
  VaultView,
  Verdict,
} from '@holdfast/protocol';

/**
 * A sentence as a key of the catalogue of words, with what to fill in. The words are the screens' own. A parameter
 * whose name ends in `Ms` is an instant: the screen shows it as a time of day.
 */
export interface Message {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Where this person is. One screen each. */
export type Stage =
  | 'setUp' // own items are open; nobody was let in yet
  | 'waiting' // own items done; waits to be let in (client) or for the other side
  | 'settlingIn' // media is open, live items still open ("setting up" on both screens)
  | 'live'
  | 'reconnecting'
  | 'phone'
  | 'deciding'
  | 'exhausted'
  | 'closing'
  | 'closed'
  | 'left'
  | 'openElsewhere'
  | 'alerted'; // duty: the plain page

/**
 * A field that a task asks for. Personal fields go to the vault (`send`'s second argument), never into an event. Of the
 * others `flag` fills `command.flags[name]`, `lookAgain` fills `command.lookAgainAtMs` with now + `delayMs`, and
 * `choice`, `date` and `reference` fill `command[name]`.
 */
export type Field =
  | { readonly kind: 'flag'; readonly name: string; readonly label: Message; readonly required: boolean }
  | {
      readonly kind: 'personal';
      readonly name: VaultKey;
      readonly label: Message;
      readonly required: boolean;
      readonly input: 'text' | 'tel';
      readonly current: string | null;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: Message;
      readonly options: readonly { readonly value: string; readonly label: Message }[];
      readonly required: boolean;
    }
  | { readonly kind: 'date'; readonly name: string; readonly label: Message; readonly required: boolean }
  /** A reference into the host's own record (letters, digits, `_.:-`; up to 64): never the words themselves. */
  | { readonly kind: 'reference'; readonly name: string; readonly label: Message; readonly required: boolean }
  | {
      readonly kind: 'lookAgain';
      readonly name: 'lookAgainAtMs';
      readonly label: Message;
      readonly options: readonly { readonly delayMs: number; readonly label: Message }[];
      readonly required: boolean;
    };

/** One way to settle a task. The screen fills the fields into `command` and sends it. */
export interface Choice {
  readonly id: string;
  readonly label: Message;
  readonly command: Command;
  /** Names of the task's fields that go with this choice. */
  readonly fields: readonly string[];
  readonly weight: 'main' | 'other' | 'danger';
  /** Asked again before it is sent (WCAG 3.3.4). */
  readonly confirm: Message | null;
}

/** Something for this person to do, with the commands that settle it. */
export interface Task {
  readonly id: string;
  readonly title: Message;
  readonly why: Message | null;
  readonly item: ItemName | null;
  readonly fields: readonly Field[];
  readonly choices: readonly Choice[];
  /** By when, if a deadline hangs on it. Never set for the client. */
  readonly dueAtMs: Instant | null;
  /** `now`: someone waits for this person to act; drawn first and announced once. */
  readonly urgency: 'now' | 'normal' | 'done';
  /** Cannot be sent: the session server does not answer. The words say what to do by hand. */
  readonly isOwnToDo: boolean;
}

/** Something that cannot be done now, and why. */
export interface Cannot {
  readonly command: Command['type'];
  readonly because: Message;
  readonly missing: readonly Message[];
}

export interface Notice {
  readonly id: string;
  /** `alert` only when this person must act. */
  readonly level: 'status' | 'alert';
  readonly message: Message;
}

export interface ViewPerson {
  readonly id: Id;
  readonly role: Role;
  readonly name: string | null;
  readonly presence: Message;
  readonly isHere: boolean;
}

/** A person's own words or facts, shown as they are (numbers, addresses, permission). */
export interface ShownFact {
  readonly id: string;
  readonly label: Message;
  /** The words from the vault, or null when they are not known. */
  readonly value: string | null;
  /** A status beside it ("confirmed", "do not ring this number"). */
  readonly note: Message | null;
  readonly href: string | null;
}

/** All that a screen needs. Screens and customers use this and never the names of states. */
export interface View {
  readonly role: Role;
  readonly person: Id;
  readonly client: Id;
  readonly stage: Stage;
  readonly drill: boolean;
  readonly headline: Message;
  /** One or two plain sentences: what is happening and what comes next. */
  readonly explanation: readonly Message[];
  readonly whoActs: 'you' | Role | 'nobody' | 'software';
  readonly notices: readonly Notice[];
  readonly tasks: readonly Task[];
  /** For staff only; the client has no ticking clock (H23). */
  readonly deadlines: readonly { readonly id: string; readonly atMs: Instant; readonly message: Message }[];
  readonly facts: readonly ShownFact[];
  readonly cannot: readonly Cannot[];
  readonly people: readonly ViewPerson[];
  /** One-action commands that are always in the same place (risk, help, end, leave). */
  readonly actions: readonly Choice[];
  readonly showsVideo: boolean;
  /** The line to the session server. */
  readonly line: { readonly isUp: boolean; readonly unsent: number; readonly sinceMs: Instant | null };
}

/** What the device itself knows, beside its projection. */
export interface DeviceState {
  /** Last acknowledgement of the session server, on the estimated server clock; null before the first. */
  readonly lastHeardAtMs: Instant | null;
  readonly unsent: number;
  readonly inCharge: boolean;
  readonly hasLeft: 'no' | 'left' | 'exited';
  readonly isSuperseded: boolean;
  readonly verdict: Verdict | null;
  /** Contact as this device sees it, so that the screen says so before the server does. */
  readonly media: 'none' | 'connecting' | 'up' | 'silent';
  readonly mediaSilentSinceMs: Instant | null;
  /** For the practitioner: kept in memory from admission to close. */
  readonly actionCard: ActionCard | null;
}

/** What a practitioner needs when the session server cannot be reached (design, "Session server or database gone"). */
export interface ActionCard {
  readonly vault: VaultView;
  readonly mayRing: boolean;
  readonly mayLeaveMessage: boolean;
  readonly contactAnswer: Answer | null;
  readonly dutyLine: string | null;
}
