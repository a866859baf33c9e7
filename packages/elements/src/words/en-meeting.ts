/** A joint meeting: several clients, each with a session of their own. Who waits outside never reads why. */
export const meetingWords = {
  'client.waiting.joint':
    'You wait outside for now. Nobody in the meeting sees or hears you. This happens in many meetings, and you did nothing wrong. Your practitioner brings you in.',
  'practitioner.outside.headline': 'This client waits outside',
  'practitioner.outside.what':
    'They do not see or hear the meeting. Bring them in when they and the others are ready.',
  'staff.meeting.title': 'Joint meeting',
  'staff.meeting.inside': 'This client is in the meeting.',
  'staff.meeting.outside.notYet': 'This client waits outside. You can bring them in.',
  'staff.meeting.outside.practitioner': 'You asked this client to wait outside. You can bring them in again.',
  'staff.meeting.outside.fellow':
    'Outside, because something was opened for another client, or one of them no longer agrees. Bringing them in is your decision.',
  'staff.meeting.outside.left': 'This client had left. You can bring them in again.',
  'staff.meeting.missing.clientAgrees': 'Ask this client about everyone who is in the meeting now.',
  'staff.meeting.missing.fellowAgrees':
    'Ask everyone in the meeting if this client may come in. Say it in their session.',
  'staff.meeting.bringIn': 'Bring them into the meeting',
  'staff.meeting.setApart': 'Ask them to wait outside',
  'staff.meeting.fellow': 'In a meeting with {name}',
  'staff.meeting.says.notAsked': 'Ask the client alone: “Do you want to meet together?”',
  'staff.meeting.says.agrees': 'The client said yes.',
  'staff.meeting.says.refuses': 'The client said no. They are not in the meeting together.',
  'staff.meeting.agrees': 'The client agrees',
  'staff.meeting.refuses': 'The client does not want it',
  'notice.fellowInside': '{name} is in the meeting and hears what is said.',
} as const satisfies Record<string, string>;
