const controls = 'input:not([type="hidden"]):not([readonly]), select, textarea'

/**
 * Puts the cursor where somebody goes on: at what is wrong, else at the first field that is empty, else at the heading
 * of a page that came in the place of another.
 */
export function focusFirst(form: HTMLElement, isFollowing: boolean): void {
  const all = [...form.querySelectorAll<HTMLInputElement>(controls)]
  const wrong = all.find((control) => control.getAttribute('aria-invalid') === 'true')
  const empty = all.find((control) => control.type !== 'checkbox' && control.value === '')
  const target = wrong ?? empty ?? all.find(({ type }) => type !== 'checkbox' && type !== 'radio')
  if (target !== undefined) target.focus()
  else if (isFollowing) document.querySelector<HTMLElement>('h1')?.focus()
}
