import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Focus never falls to the page when what had it is gone (a task was settled, a screen changed): it goes to the
 * headline, from where the reader goes on.
 */
export class FocusKeeper implements ReactiveController {
  private readonly host: Host;
  private hadFocus = false;

  constructor(host: Host) {
    this.host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.hadFocus = this.focused() !== null;
  }

  hostUpdated(): void {
    if (!this.hadFocus) return;
    // Parts draw after their parent, and some move focus themselves: look when they are through.
    void this.settled().then(() => {
      const active = this.host.ownerDocument.activeElement;
      const isLost = active === null || active === this.host.ownerDocument.body || active === this.host;
      if (isLost && this.focused() === null)
        this.host.shadowRoot?.querySelector<HTMLElement>('#headline')?.focus();
    });
  }

  private async settled(): Promise<void> {
    await this.host.updateComplete;
    const parts = [...(this.host.shadowRoot?.querySelectorAll('*') ?? [])];
    await Promise.all(parts.map((part) => ('updateComplete' in part ? part.updateComplete : null)));
  }

  private focused(): Element | null {
    const active = this.host.shadowRoot?.activeElement ?? null;
    return active?.isConnected ? active : null;
  }
}
