import { html, nothing, type TemplateResult } from 'lit';
import type { LocalMedia, MediaState } from '@holdfast/session';
import { picturesButton } from './media-button.js';
import { Part } from '../part.js';

type Kind = 'camera' | 'microphone';

/**
 * Which camera and microphone, and whether the other person's picture is wanted: a button that opens plain lists.
 * Escape closes it and gives focus back.
 */
export class HoldfastDeviceMenu extends Part {
  static override properties = {
    ...Part.properties,
    media: { attribute: false },
    state: { attribute: false },
    isOpen: { state: true },
  };

  declare media: LocalMedia | null;
  declare state: MediaState | null;
  declare private isOpen: boolean;

  constructor() {
    super();
    this.media = null;
    this.state = null;
    this.isOpen = false;
  }

  protected override render(): TemplateResult {
    return html`<div @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      <button
        type="button"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        aria-controls="device-lists"
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        ${this.say('media.devices')}
      </button>
      <div
        id="device-lists"
        class="devices"
        role="group"
        aria-label=${this.say('media.devices.title')}
        ?hidden=${!this.isOpen}
      >
        ${this.isOpen ? html`${this.list('camera')} ${this.list('microphone')} ${this.pictures()}` : nothing}
      </div>
    </div>`;
  }

  private pictures(): TemplateResult | typeof nothing {
    if (this.media === null || this.state === null) return nothing;
    return picturesButton(this.media, this.state, (key, params) => this.say(key, params));
  }

  private list(kind: Kind): TemplateResult {
    const devices = this.state?.devices.filter((device) => device.kind === kind) ?? [];
    const current = this.state?.localTracks.find(
      (track) => track.kind === (kind === 'camera' ? 'video' : 'audio'),
    );
    const inUse = current?.getSettings().deviceId;
    return html`<div class="field">
      <label class="label" for="devices-${kind}">${this.say(`media.devices.${kind}`)}</label>
      <select
        id="devices-${kind}"
        ?disabled=${devices.length === 0}
        @change=${(event: Event) => void this.media?.useDevice(kind, (event.target as HTMLSelectElement).value)}
      >
        ${devices.length === 0 ? html`<option>${this.say('media.devices.none')}</option>` : nothing}
        ${devices.map(
          ({ id, label }, index) =>
            html`<option value=${id} ?selected=${id === inUse}>
              ${label === '' ? `${this.say(`media.${kind}`)} ${index + 1}` : label}
            </option>`,
        )}
      </select>
    </div>`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen) return;
    event.stopPropagation();
    this.isOpen = false;
    this.querySelector('button')?.focus();
  }
}
