import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Announcement } from './announcements.js';

interface Region {
  readonly text: string;
  /** Flips with every announcement: the same sentence twice is drawn into a fresh node, so that it is said twice. */
  readonly isOdd: boolean;
}

const SILENT: Region = { text: '', isOdd: false };

/**
 * The one owner of the two live regions: `status` waits for its turn, `alert` interrupts and is only for what someone
 * must do. Both regions are in the page from the first drawing on, or a screen reader would not watch them.
 */
export class Announcer implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private status = SILENT;
  private alert = SILENT;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.status = SILENT;
    this.alert = SILENT;
  }

  announce(announcements: readonly Announcement[]): void {
    this.status = spoken(this.status, announcements, 'status');
    this.alert = spoken(this.alert, announcements, 'alert');
    if (announcements.length > 0) this.host.requestUpdate();
  }

  render(): TemplateResult {
    return html`<div class="hidden" role="status" aria-live="polite">${drawn(this.status)}</div>
      <div class="hidden" role="alert" aria-live="assertive">${drawn(this.alert)}</div>`;
  }
}

function spoken(
  region: Region,
  announcements: readonly Announcement[],
  level: Announcement['level'],
): Region {
  const sentences = announcements.filter((said) => said.level === level).map(({ sentence }) => sentence);
  return sentences.length === 0 ? region : { text: sentences.join(' '), isOdd: !region.isOdd };
}

const drawn = ({ text, isOdd }: Region): TemplateResult =>
  isOdd ? html`<p>${text}</p>` : html`<div>${text}</div>`;
