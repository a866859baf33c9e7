import { CHANNEL_REASONS, CallOutcome, type Channel, type Command } from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Choice, Notice, Task } from '../types.js';

/**
 * Another way to talk. Off video only with a reason (B10); in person is always there, whatever is open (D01); phone and
 * text only where they were agreed and are safe.
 */
function chooseTask({ p, care }: Scene): Task | false {
  const { is, mayCall, mayWrite } = care.channel;
  const isTalking = care.contact.state === 'byPhone';
  const isQuiet = care.run === null && care.stage !== 'closing';
  const to = (
    channel: Channel,
    isOffered: boolean,
    fields: readonly string[] = ['because'],
  ): Choice | false => {
    const command: Command = { type: 'channel.choose', client: p.client, to: channel };
    return isOffered && is !== channel && choice(channel, say(`channel.to.${channel}`), command, { fields });
  };
  const choices = present([
    to('video', isQuiet && !isTalking, []),
    to('audioOnly', isQuiet && !isTalking),
    to('phone', isQuiet && mayCall),
    to('text', isQuiet && mayWrite),
    to('faceToFace', true, ['because', 'dueOn']),
  ]);
  if (choices.length === 0) return false;
  return task('channel', say('channel.title'), choices, {
    why: say(`channel.is.${is}`),
    fields: [
      oneOf('because', 'channel.because', CHANNEL_REASONS),
      { kind: 'date', name: 'dueOn', label: say('channel.dueOn'), required: false },
    ],
  });
}

/** Phone or text was chosen: a person reaches the client by name, and says so (P13, H20). */
function reachTask({ p, care }: Scene): Task | false {
  const { is, isAsked, mayCall, mayWrite } = care.channel;
  if ((is !== 'phone' && is !== 'text') || !isAsked || care.run !== null) return false;
  const may = is === 'phone' ? mayCall : mayWrite;
  const isBefore = ['gathering', 'settingUp', 'live'].includes(care.stage);
  const outcomes = CallOutcome.options.map((outcome) =>
    choice(
      outcome,
      say(`outcome.${outcome}`),
      { type: 'channel.recordCall', client: p.client, outcome },
      { weight: outcome === 'reachedByName' ? 'main' : 'other' },
    ),
  );
  return (
    isBefore &&
    task('reach', say(`channel.reach.${is}.title`), may ? outcomes : [], {
      why: say(may ? `channel.reach.${is}.why` : 'channel.reach.blocked'),
      urgency: may ? 'now' : 'normal',
    })
  );
}

export const channelTasks = (scene: Scene): Task[] =>
  scene.care.stage === 'closed' ? [] : present([reachTask(scene), chooseTask(scene)]);

/** What was chosen, where it is not video. */
export function channelNotices(scene: Scene): Notice[] {
  const { channel } = scene.care;
  if (channel.is === 'video' || scene.care.stage === 'closed') return [];
  // By nobody only where media came back by itself, after a call that was cut (W3).
  const message =
    channel.by === null
      ? say('channel.back.audioOnly')
      : say(`channel.now.${channel.is}`, { name: nameOf(scene, channel.by) });
  return [{ id: 'channel', level: 'status', message }];
}
