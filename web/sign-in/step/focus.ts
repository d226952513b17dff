const controls = 'input:not([type="hidden"]):not([readonly]), select, textarea'

/**
 * Focuses the first invalid field, or else the first empty field, or else the first field. A page without fields gets the
 * focus on its heading, unless it is the first page.
 */
export function focusFirst(form: HTMLElement, isFollowing: boolean): void {
  const all = [...form.querySelectorAll<HTMLInputElement>(controls)]
  const wrong = all.find((control) => control.getAttribute('aria-invalid') === 'true')
  const empty = all.find((control) => control.type !== 'checkbox' && control.value === '')
  const target = wrong ?? empty ?? all.find(({ type }) => type !== 'checkbox' && type !== 'radio')
  if (target !== undefined) target.focus()
  else if (isFollowing) document.querySelector<HTMLElement>('h1')?.focus()
}
