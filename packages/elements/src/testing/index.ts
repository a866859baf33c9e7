// For applications: looking at a theme and testing a page without a session server.
export { FakeJoinedSession } from './fake-session.js';
export { aChoice, aFlag, aTask, aView, sentence } from './a-view.js';
export { stageViews } from './stage-views.js';
