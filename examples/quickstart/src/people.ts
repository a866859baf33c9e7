import type { DevOptions } from '@holdfast/cli';

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
    ...dev.with.map((role) => ({ id: role, role, name: `Nic (${role})`, isNeeded: role === 'interpreter' })),
  ] as const;
