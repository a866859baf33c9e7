import { HoldfastDeviceMenu } from './call/holdfast-device-menu.js';
import { HoldfastSoundLevel } from './call/holdfast-sound-level.js';
import { HoldfastVideo } from './call/holdfast-video.js';
import { HoldfastQuickExit } from './exit/holdfast-quick-exit.js';
import { HoldfastJoin } from './join/holdfast-join.js';
import { HoldfastAction } from './screens/holdfast-action.js';
import { HoldfastCountdown } from './screens/holdfast-countdown.js';
import { HoldfastSession } from './session/holdfast-session.js';
import { HoldfastTask } from './task/holdfast-task.js';

const ELEMENTS = {
  'holdfast-session': HoldfastSession,
  'holdfast-join': HoldfastJoin,
  'holdfast-task': HoldfastTask,
  'holdfast-action': HoldfastAction,
  'holdfast-countdown': HoldfastCountdown,
  'holdfast-device-menu': HoldfastDeviceMenu,
  'holdfast-quick-exit': HoldfastQuickExit,
  'holdfast-sound-level': HoldfastSoundLevel,
  'holdfast-video': HoldfastVideo,
};

// A page may load two copies of the package (two bundles): the first one stays.
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
