// The page of a test link: an entry of its own, which no page of a session loads. Importing it registers the element.
import { HoldfastDeviceCheck } from './check/holdfast-device-check.js';
import './define.js';

if (!customElements.get('holdfast-device-check'))
  customElements.define('holdfast-device-check', HoldfastDeviceCheck);

// For applications.
export { HoldfastDeviceCheck } from './check/holdfast-device-check.js';
export type { Check } from './check/holdfast-device-check.js';
export { checkWords } from './check/en-check.js';
