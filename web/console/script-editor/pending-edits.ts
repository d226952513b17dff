/**
 * The texts of an editor on their way through the page. Whoever types fast is ahead of what the page knows: an older text
 * that comes back must not take the place of a newer one.
 */
export class Echoes {
  #underway: string[] = []

  /** Says that the page is told a text. */
  expect(text: string): void {
    this.#underway.push(text)
  }

  /** Whether the page had a text from the editor; then it has all those before it, too. */
  take(text: string): boolean {
    const at = this.#underway.indexOf(text)
    this.#underway = at === -1 ? [] : this.#underway.slice(at + 1)
    return at !== -1
  }
}
