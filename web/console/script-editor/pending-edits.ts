/**
 * Texts that the editor reported and the page hasn't passed back yet. While someone types, an older text must
 * not replace a newer one.
 */
export class PendingEdits {
  texts: string[] = []

  /** Records a text that was reported to the page. */
  add(text: string): void {
    this.texts.push(text)
  }

  /** Whether the text came from the editor. Earlier texts are then done, too. */
  acknowledge(text: string): boolean {
    const at = this.texts.indexOf(text)
    this.texts = at === -1 ? [] : this.texts.slice(at + 1)
    return at !== -1
  }
}
