// SPDX-License-Identifier: MIT
import { type Api, ServerError } from './api';

/** What the keeper asks of the page. */
export interface Kept {
  readonly text: string;
  /** Another text, as one step that can be undone. */
  replace(text: string): void;
  failed(error: unknown): void;
  /** The file was changed outside, and its text was taken over. */
  reloaded(): void;
  /** The server has answered. */
  answered(): void;
}
/** A version of the file. */
export interface Version { text: string; etag: string }

const SAVE_AFTER_MS = 1500; // of rest, what was changed is saved

/** The file: saved as one goes, and never over what somebody else has written without asking. */
export class Keeper {
  /** What the file holds, as far as is known. */
  saved = $state.raw<Version>({ text: '', etag: '' });
  saving = $state(false);
  /** Saves as one goes; else by Ctrl+S alone. */
  autosave = $state(localStorage.getItem('defilada-autosave') !== 'off');
  /** The other version, while it is asked which one stands. */
  conflict = $state.raw<Version | null>(null);
  /** Somebody else has changed the file, and it was not yet said which version stands: nothing is saved by itself. */
  undecided = $state(false);
  private timer = 0;

  constructor(private readonly api: Api, private readonly page: Kept) {}

  get dirty(): boolean {
    return this.page.text !== this.saved.text;
  }

  soon(): void {
    clearTimeout(this.timer);
    if (this.autosave && this.api.writable) this.timer = window.setTimeout(() => void this.idle(), SAVE_AFTER_MS);
  }
  /** Saves what rests, unless somebody is to be asked. */
  async idle(): Promise<void> {
    if (!this.autosave || this.conflict !== null || this.undecided) return;
    if (this.saving) return this.soon();
    await this.save();
  }
  setAutosave(on: boolean): void {
    this.autosave = on;
    localStorage.setItem('defilada-autosave', on ? 'on' : 'off');
    if (on) void this.idle();
  }
  /** Whether what was changed gets into the file without a word. */
  get willSave(): boolean {
    return this.autosave && this.api.writable && this.conflict === null && !this.undecided;
  }

  async save(): Promise<void> {
    if (!this.api.writable || this.saving || !this.dirty) return;
    clearTimeout(this.timer);
    this.saving = true;
    const { text } = this.page;
    try {
      this.saved = { text, etag: await this.api.save(text, this.saved.etag) };
      this.page.answered();
    } catch (error) {
      if (error instanceof ServerError && (error.status === 412 || error.status === 409)) {
        this.ask({ text: String(error.body['text']), etag: String(error.body['etag']) });
      } else {
        this.page.failed(error);
      }
    }
    this.saving = false;
  }

  private ask(other: Version): void {
    this.conflict = other;
    this.undecided = true;
  }

  /** Somebody else's version wins, or this one. */
  async settle(mine: boolean): Promise<void> {
    const other = this.conflict;
    this.conflict = null;
    this.undecided = false;
    if (other === null) return;
    this.saved = other;
    if (mine) await this.save();
    else this.page.replace(other.text);
  }

  async changedOutside(etag: string): Promise<void> {
    if (etag === this.saved.etag) return;
    const version = await this.api.text();
    if (version.etag === this.saved.etag) return;
    if (this.dirty) return this.ask(version);
    this.saved = version;
    this.page.replace(version.text);
    this.page.reloaded();
  }
}
