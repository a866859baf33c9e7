import type {
  Adjustments,
  Answer,
  Command,
  Id,
  Instant,
  ItemName,
  Role,
  VaultKey,
  VaultView,
  Verdict,
  WatchdogCondition,
} from '@holdfast/protocol';

/**
 * A sentence as a key of the catalogue of words, with what to fill in. The words are the screens' own. A parameter
 * whose name ends in `Ms` is an instant: the screen shows it as a time of day.
 */
export interface Message {
  /** In the catalogue of words, like `client.waiting.headline`. */
  readonly key: string;
  /** What to put in the braces of the sentence, by name. Default none. */
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
  | 'alerted' // duty: the plain page
  | 'review'; // supervisor and management: what is theirs to look back at

/**
 * A field that a task asks for. Personal fields go to the vault (`send`'s second argument), never into an event. Of the
 * others `flag` fills `command.flags[name]`, `lookAgain` fills `command.lookAgainAtMs` with now + `delayMs`, `choices`
 * fills `command[name]` with the list of what was chosen, and `choice`, `date` and `reference` fill `command[name]`.
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
  /** Several of a list: at least one where it is required. */
  | {
      readonly kind: 'choices';
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
  /** Unique within its task or among the actions; the same from view to view. */
  readonly id: string;
  /** On the button. */
  readonly label: Message;
  /** To be sent; fields of the screen are filled in first. */
  readonly command: Command;
  /** Names of the task's fields that go with this choice. */
  readonly fields: readonly string[];
  /** How the button is drawn. `danger` is for what others will feel at once. */
  readonly weight: 'main' | 'other' | 'danger';
  /** Asked again before it is sent (WCAG 3.3.4). */
  readonly confirm: Message | null;
}

/** Something for this person to do, with the commands that settle it. */
export interface Task {
  /** The same from view to view while it is the same task. */
  readonly id: string;
  /** What to do, in a few words. */
  readonly title: Message;
  /** Why it is asked, or null when the title says it all. */
  readonly why: Message | null;
  /** The set-up item that it settles, or null. */
  readonly item: ItemName | null;
  /**
   * Version of the service's own text that governs this step, like `consent-v1`; null without one (A12, B04). What it
   * says is in the words of the screen.
   */
  readonly text: string | null;
  /** What to ask for; a choice names those that go with it. */
  readonly fields: readonly Field[];
  /** The ways to settle it. */
  readonly choices: readonly Choice[];
  /** By when, if a deadline hangs on it. Never set for the client. */
  readonly dueAtMs: Instant | null;
  /** `now`: someone waits for this person to act; drawn first and announced once. */
  readonly urgency: 'now' | 'normal' | 'done';
  /** Cannot be sent: the session server does not answer. The words say what to do by hand. */
  readonly isOwnToDo: boolean;
  /** Shown only: neither sound nor screen reader says it, because the client's room would hear it (Q12, H16). */
  readonly isQuiet: boolean;
  /** Said once it was taken, where nothing else on the screen shows that; null: what changes shows it. */
  readonly thanks: Message | null;
}

/** Something that cannot be done now, and why. */
export interface Cannot {
  /** What cannot be done. */
  readonly command: Command['type'];
  /** The reason, for people. */
  readonly because: Message;
  /** What has to be done first, such as open items; may be empty. */
  readonly missing: readonly Message[];
}

/** Something to know, without a command. */
export interface Notice {
  /** The same from view to view: announced once. */
  readonly id: string;
  /** `alert` only when this person must act. */
  readonly level: 'status' | 'alert';
  /** The words. */
  readonly message: Message;
  /** Shown only, as a quiet task is. Default false. */
  readonly isQuiet?: boolean;
}

/** Another person of the session, as this one may see them (V1). */
export interface ViewPerson {
  /** As in the session. */
  readonly id: Id;
  /** What they are in it. */
  readonly role: Role;
  /** From the vault; null when this person may not read it, or it is not known. */
  readonly name: string | null;
  /** In words. For a client nothing finer than here and away. */
  readonly presence: Message;
  /** Alive by any device, on any path. */
  readonly isHere: boolean;
}

/** A person's own words or facts, shown as they are (numbers, addresses, permission). */
export interface ShownFact {
  /** The same from view to view. */
  readonly id: string;
  /** What it is. */
  readonly label: Message;
  /** The words from the vault, or null when they are not known. */
  readonly value: string | null;
  /** A status beside it ("confirmed", "do not ring this number"). */
  readonly note: Message | null;
  /** The note says what must not be done, or what is missing; otherwise it is good to know. */
  readonly isCaution: boolean;
  /** A `tel:` address where the number may be rung, otherwise null (H03). */
  readonly href: string | null;
}

/** All that a screen needs. Screens and customers use this and never the names of states. */
export interface View {
  /** Of the person whose screen it is. */
  readonly role: Role;
  /** Whose screen it is. */
  readonly person: Id;
  /** The session's client. */
  readonly client: Id;
  /** Which screen. */
  readonly stage: Stage;
  /** A rehearsal: marked on every screen (A27). */
  readonly drill: boolean;
  /** What is true now, in one line. */
  readonly headline: Message;
  /** One or two plain sentences: what is happening and what comes next. */
  readonly explanation: readonly Message[];
  /** Whose turn it is. `you`: this person; `software`: nobody has to do anything. */
  readonly whoActs: 'you' | Role | 'nobody' | 'software';
  /** To know; announced once each. */
  readonly notices: readonly Notice[];
  /** To do, the most pressing first. */
  readonly tasks: readonly Task[];
  /** For staff only; the client has no ticking clock (H23). */
  readonly deadlines: readonly { readonly id: string; readonly atMs: Instant; readonly message: Message }[];
  /** Numbers, addresses and permissions that belong to this stage. */
  readonly facts: readonly ShownFact[];
  /** What this person would expect to be able to do, and why not now. */
  readonly cannot: readonly Cannot[];
  /** Everybody else. */
  readonly people: readonly ViewPerson[];
  /** One-action commands that are always in the same place (risk, help, end, leave). */
  readonly actions: readonly Choice[];
  /** What anybody may tell the service at any time, and nobody has to (A47, E23). Drawn apart from the tasks. */
  readonly reports: readonly Task[];
  /** Pictures belong on this screen; whether there is one is in the media. */
  readonly showsVideo: boolean;
  /** What makes the session fit this client, for what is the host's own, like a chat; null without any (A41, A42). */
  readonly adjustments: Adjustments | null;
  /** The line to the session server. */
  readonly line: { readonly isUp: boolean; readonly unsent: number; readonly sinceMs: Instant | null };
}

/** What this page found out about its device, without asking for anything (D07, E11). */
export interface Preflight {
  /** Whether the browser has what a video session needs. */
  readonly browser: 'ok' | 'unsupported';
  /** As far as the browser tells. */
  readonly connection: 'ok' | 'weak' | 'bad' | 'unknown';
  /** `low`: a fifth or less, and not charging. */
  readonly battery: 'ok' | 'low' | 'unknown';
}

/** What the device itself knows, beside its projection. */
export interface DeviceState {
  /** Last acknowledgement of the session server, on the estimated server clock; null before the first. */
  readonly lastHeardAtMs: Instant | null;
  /** Inputs that wait for the line. */
  readonly unsent: number;
  /** The session server can store; false: what is due is a person's own (H08). */
  readonly inCharge: boolean;
  /** How this person went from this device, if so. */
  readonly hasLeft: 'no' | 'left' | 'exited';
  /** A newer device of this person took the media. */
  readonly isSuperseded: boolean;
  /** Which side this device holds responsible; null while nothing is wrong. */
  readonly verdict: Verdict | null;
  /** Contact as this device sees it, so that the screen says so before the server does. */
  readonly media: 'none' | 'connecting' | 'up' | 'silent';
  /** With `silent`: the last heartbeat both ways, on the estimated server clock. */
  readonly mediaSilentSinceMs: Instant | null;
  /** For the practitioner: kept in memory from admission to close. */
  readonly actionCard: ActionCard | null;
  /** What the session server says is wrong on its own side (rule V7). Always empty for a client. */
  readonly watchdog: readonly WatchdogCondition[];
  /** The check of this device before and during the session. */
  readonly preflight: Preflight;
}

/** What a practitioner needs when the session server cannot be reached (design, "Session server or database gone"). */
export interface ActionCard {
  /** Words that the practitioner may read: numbers, address, contact. */
  readonly vault: VaultView;
  /** The client's number may be rung (H03). */
  readonly mayRing: boolean;
  /** A message may be left there (H03). */
  readonly mayLeaveMessage: boolean;
  /** What was agreed about the emergency contact; null when it was not asked (H05). */
  readonly contactAnswer: Answer | null;
  /** Number of the service's duty line, or null when the host gave none. */
  readonly dutyLine: string | null;
}
