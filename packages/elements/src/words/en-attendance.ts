/** Whether the client came, as staff read it. */
export const attendanceWords = {
  'staff.noShow.title': 'If the client does not come',
  'staff.noShow.unscheduled': 'Open this when you are worried. You then decide what to do.',
  'staff.noShow.late': 'The client is late. Open this to decide what to do.',
  'staff.noShow.noShow': 'It was opened before. You can open it again.',
  'staff.noShow.send': 'The client did not come',
  'staff.noShow.confirm': 'This rings nobody. You decide what is done. Open it?',
  'notice.clientLate': 'The client was to come at {startsAtMs}. They are not here yet.',
  'run.cause.noShow': 'The client did not come.',
} as const satisfies Record<string, string>;
