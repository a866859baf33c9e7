import { expect } from 'vitest';
import { expectReads, follow } from './kit/following.js';
import { startLiveSession } from './kit/live-session.js';
import { comesToTheDoor, letsIn, SMALL } from './kit/participant-pages.js';
import { stopNotingWords } from './kit/observer.js';
import { scenario } from './kit/scenario.js';
import { expectAllSeeAndHear, expectNothingArrives } from './kit/seen-and-heard.js';
import { act, openJoinLink, recordCall, settle, turnMediaOn } from './kit/session-pages.js';

const overServer = ['livekit'] as const;
const withColleague = ['practitioner', 'client', 'interpreter', 'colleague'] as const;

scenario(
  '[D2][D3][A23] handed over in quiet and in a run',
  { transports: overServer, ci: overServer, people: withColleague },
  async (stage) => {
    const { host, practitioner, client } = await startLiveSession(stage, {
      others: ['interpreter', 'colleague'],
      framesPerSecond: 3,
    });
    const recorded = follow(host.log);
    await stopNotingWords(practitioner.page);
    const interpreter = await stage.launch('interpreter', SMALL);
    await comesToTheDoor(interpreter, host);
    await recorded('participant.consented');
    await letsIn(practitioner.page, 'interpreter', recorded);
    await expectAllSeeAndHear([practitioner, client, interpreter], 2);

    // [D5] A colleague holds nothing before it is offered to them.
    const colleague = await stage.launch('colleague', SMALL);
    await openJoinLink(colleague.page, await host.link('colleague'));
    await expectReads(colleague.page, 'colleague.waiting.headline');
    await stage.artifacts.picture('colleague-waits', [colleague]);

    await act(practitioner.page, 'staff.handOver.offer');
    await recorded('lead.offered');
    await expectReads(practitioner.page, 'staff.handOver.offered');
    await expectReads(colleague.page, 'colleague.offered.headline', 'colleague.stage.live');
    await stage.artifacts.picture('offered', [practitioner, colleague]);
    await settle(colleague.page, 'colleague.offered.title', 'colleague.accept');
    expect((await recorded('lead.changed', 'accepted')).subject?.id).toBe('colleague');
    await turnMediaOn(colleague.page);
    await expectReads(practitioner.page, 'colleague.handedOver.headline');
    await expectAllSeeAndHear([colleague, client, interpreter], 2);
    await expectNothingArrives([practitioner]);
    await stage.artifacts.picture('handed-over', stage.devices);

    // In the middle of a run: the client is cut, it is time to ring, and the session goes back to the first one.
    const runsBefore = host.log.of('run.opened').length;
    const cutAtMs = stage.network.blackHole('client');
    await recorded('contact.lost');
    const withinMs = host.policy.durations.reconnectWaitMs + 10_000;
    const phoning = await host.log.next('phoning.opened', { sinceMs: cutAtMs, withinMs });
    await stage.artifacts.picture('phoning', [colleague]);
    await act(colleague.page, 'staff.handOver.offer');
    await recorded('lead.offered');
    await expectReads(practitioner.page, 'colleague.run.phoning');
    await stage.artifacts.picture('offered-in-a-run', [practitioner, colleague]);
    await settle(practitioner.page, 'colleague.offered.title', 'colleague.accept');
    expect((await recorded('lead.changed', 'accepted')).subject?.id).toBe('practitioner');
    // [D3] The run goes with it; nothing is opened anew by it.
    expect(host.log.of('run.opened')).toHaveLength(runsBefore + 1);
    expect(host.log.of('phoning.opened').at(-1)?.sequence).toBe(phoning.sequence);
    await recordCall(practitioner.page, 'noAnswer');
    await recorded('phoning.recorded');
    await stage.artifacts.picture('run-taken-over', [practitioner, colleague]);
    await turnMediaOn(practitioner.page);
    stage.network.heal('client');
    await expectAllSeeAndHear([practitioner, client, interpreter], 2);
    await recorded('run.wordDue');
    await settle(practitioner.page, 'staff.word.title', 'staff.word.send');
    expect((await recorded('run.ended')).outcome).toBe('together');
    await stage.artifacts.picture('together', stage.devices);
  },
);
