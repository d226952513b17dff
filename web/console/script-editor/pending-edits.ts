/**
 * The texts of an editor on their way through the page. Whoever types fast is ahead of what the page knows: an older text
 * that comes back must not take the place of a newer one.
 */
export class PendingEdits {
  texts: string[] = []

  /** Says that the page is told a text. */
  add(text: string): void {
    this.texts.push(text)
  }

  /** Whether the page had a text from the editor; then it has all those before it, too. */
  acknowledge(text: string): boolean {
    const at = this.texts.indexOf(text)
    this.texts = at === -1 ? [] : this.texts.slice(at + 1)
    return at !== -1
  }
}
