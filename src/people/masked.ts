/** Stands for what is left out; always the same, so that nothing can be counted. */
const dots = '•••'

/** Initials: enough to know oneself by, not enough to learn whom it is about. `E••• M•••` */
export function maskedName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  return words.map((word) => `${[...word][0]}${dots}`).join(' ')
}

/** `e•••h@larkfield.example`; of a short name the first letter alone. */
export function maskedMail(address: string): string {
  const at = address.lastIndexOf('@')
  const name = [...(at < 0 ? address : address.slice(0, at))]
  const last = name.length < 4 ? '' : (name.at(-1) ?? '')
  return `${name[0] ?? ''}${dots}${last}${at < 0 ? '' : address.slice(at)}`
}

/** The last two digits, where there are enough others. `•••• 42` */
export function maskedNumber(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.length < 6 ? '••••' : `•••• ${digits.slice(-2)}`
}
