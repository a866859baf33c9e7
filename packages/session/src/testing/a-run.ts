import { ladderPlan } from '@holdfast/protocol';
import { runConcept } from '../machines/run/run.concept.js';
import type { RunContext, RunParts } from '../machines/run/run-state.js';
import type { Circumstances } from '../step/concept.js';
import type { ChartState } from '../step/session.js';
import { aChart, calm } from './deliver.js';

const made = aChart(runConcept, 'c1');

/** The run chart of client c1 while no run is open. */
export const noRun = (context: Partial<RunContext> = {}): ChartState => ({
  value: 'none',
  context: { ...made.context, ...context },
});

/** The second run of client c1, the practitioner's: the wait and the calls are done, nothing else has begun. */
export const anOpenRun = (parts: Partial<RunParts> = {}, context: Partial<RunContext> = {}): ChartState => ({
  value: {
    open: {
      reconnecting: 'done',
      phoning: 'done',
      deciding: 'idle',
      word: 'idle',
      staff: 'answering',
      ...parts,
    },
  },
  context: { ...made.context, count: 2, run: 'c1.r2', owner: 'p1', cause: 'contactLost', ...context },
});

/** What a run may do now, by what comes before it. */
export const planned = (rest: Partial<Circumstances['precedence']>): Partial<Circumstances> => {
  const precedence = { ...calm.precedence, ...rest };
  return { precedence, plan: ladderPlan(precedence), isRiskActive: precedence.isRiskActive };
};
