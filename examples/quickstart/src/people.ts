import type { DevOptions } from '@holdfast/cli';
import type { NewPerson } from '@holdfast/server';

/** Who else can take part, by what is typed after `--with`. */
const others = {
  supporter: { role: 'supporter', name: 'Pat (supporter)' },
  interpreter: {
    role: 'interpreter',
    name: 'Nic (interpreter)',
    isNeeded: true,
    callBackNumber: '+49 30 5550102',
  },
  observer: { role: 'observer', name: 'Luca (observer)' },
  liveSupervisor: { role: 'liveSupervisor', name: 'Uli (supervisor who sits in)' },
  trainee: { role: 'trainee', name: 'Jona (trainee)' },
  colleague: { role: 'practitioner', name: 'Mika (colleague)' },
} as const satisfies Record<DevOptions['with'][number], Omit<NewPerson, 'id'>>;

/** Who is in the session. A real host takes them from its own appointments and its list of staff. */
export const peopleOf = (dev: Pick<DevOptions, 'with'>) =>
  [
    { id: 'practitioner', role: 'practitioner', name: 'Robin (practitioner)' },
    { id: 'client', role: 'client', name: 'Sam (client)' },
    { id: 'duty-1', role: 'duty', name: 'Alex (on duty)' },
    { id: 'duty-2', role: 'duty', name: 'Kim (on duty)' },
    { id: 'safeguarding-1', role: 'safeguardingLead', name: 'Toni (safeguarding lead)' },
    { id: 'supervisor-1', role: 'supervisor', name: 'Ira (supervisor)' },
    { id: 'management-1', role: 'management', name: 'Jo (management)' },
    ...dev.with.map((person) => ({ id: person, ...others[person] })),
  ] as const;
