import { LiveKitVideo } from '@holdfast/livekit';

export const video = new LiveKitVideo();
