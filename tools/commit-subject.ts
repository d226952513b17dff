const longest = 72

/** Verbs in the imperative that look like another form. */
const imperatives = new Set([
  ...[
    'access',
    'address',
    'bypass',
    'compress',
    'discuss',
    'express',
    'focus',
    'guess',
    'miss',
    'pass',
    'press',
    'process',
  ],
  ...[
    'embed',
    'exceed',
    'feed',
    'need',
    'proceed',
    'seed',
    'shed',
    'speed',
    'succeed',
    'bring',
    'ping',
    'string',
  ],
])

/** Words that begin a description of the result instead of naming what the commit does. */
const otherStarts = new Set([
  ...[
    'a',
    'an',
    'the',
    'this',
    'that',
    'these',
    'it',
    'its',
    'they',
    'one',
    'two',
    'all',
    'each',
    'every',
    'some',
  ],
  ...[
    'no',
    'not',
    'nobody',
    'nothing',
    'what',
    'who',
    'whoever',
    'how',
    'when',
    'where',
    'if',
    'as',
    'in',
    'on',
  ],
  ...[
    'of',
    'for',
    'from',
    'with',
    'without',
    'only',
    'more',
    'less',
    'new',
    'better',
    'now',
    'also',
    'there',
  ],
])

/** @returns the problem of a commit subject that is not `area: imperative verb …` of at most 72 characters. */
export function subjectProblem(subject: string): string | undefined {
  if (subject.startsWith('Revert "')) return undefined
  if (subject.length > longest) return `has ${subject.length} characters; ${longest} are allowed`
  const verb = /^[a-z][\w ./-]*: ([A-Za-z][\w-]*) \S/.exec(subject)?.[1]
  if (verb === undefined) return 'is not in the form "area: verb …"'
  if (imperatives.has(verb)) return undefined
  if (otherStarts.has(verb) || /^[A-Z]|(?:s|ed|ing)$/.test(verb)) {
    return `begins with "${verb}"; begin with a verb in the imperative`
  }
  return undefined
}
