import { HoldfastDeviceCheck } from '@holdfast/elements/device-check';

const screen = document.querySelector('holdfast-device-check');
if (screen instanceof HoldfastDeviceCheck) screen.link = location.href;
