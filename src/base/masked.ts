/** Constant length, so that the length of the hidden text is not revealed. */
const dots = '•••'

/** Shows initials: enough to recognize oneself, not enough to identify a person. `E••• M•••` */
export function maskedName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  return words.map((word) => `${[...word][0]}${dots}`).join(' ')
}

/** `e•••h@larkfield.example`; a short local part shows only its first letter. */
export function maskedMail(address: string): string {
  const at = address.lastIndexOf('@')
  const name = [...(at < 0 ? address : address.slice(0, at))]
  const last = name.length < 4 ? '' : (name.at(-1) ?? '')
  return `${name[0] ?? ''}${dots}${last}${at < 0 ? '' : address.slice(at)}`
}

/** Shows the last two digits of numbers with at least six. `•••• 42` */
export function maskedNumber(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.length < 6 ? '••••' : `•••• ${digits.slice(-2)}`
}
