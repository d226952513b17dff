/** Matches the server's message about a setting: node, title of the setting, and the validator's reason. */
const invalidSetting =
  /^(?:(?<node>.*) \(\w+\): )?Data validation failed for the attribute, (?<title>[^:]+): (?:[\w.]+: )?(?<reason>.*)$/s

type Wording = (title: string, detail: string) => string

/** The validator's reasons as patterns. The first group that matched is the detail. */
const wordings: readonly (readonly [RegExp, Wording])[] = [
  [/received undefined$|^Too small: expected string/, (title) => `${title} is required.`],
  [
    /^Too small: expected (?:array|object) .*?(\d+)/,
    (title, count) => `${title} needs at least ${count} ${count === '1' ? 'entry' : 'entries'}.`,
  ],
  [/^Too small: expected number to be >=(-?\d+)/, (title, least) => `${title} must be at least ${least}.`],
  [/^Too small: expected number to be >(-?\d+)/, (title, bound) => `${title} must be more than ${bound}.`],
  [/^Too big: expected number to be <=(-?\d+)/, (title, most) => `${title} must be at most ${most}.`],
  [/^Invalid input: expected (\w+)/, (title, type) => `${title} must be of type ${type}.`],
]

/** A problem of a refused save in plain words. Unknown messages stay as they are. */
export function readableProblem(message: string): { node: string | undefined; text: string } {
  if (message === 'Node with ID entryNodeId must exist in the tree.') {
    return { node: undefined, text: 'The journey has no first node. Connect the start to a node.' }
  }
  const { node, title = '', reason = '' } = invalidSetting.exec(message)?.groups ?? {}
  if (title === '') return { node: undefined, text: message }
  for (const [pattern, wording] of wordings) {
    const match = pattern.exec(reason)
    if (match !== null) return { node, text: wording(title, match[1] ?? '') }
  }
  return { node, text: `${title}: ${reason}` }
}
