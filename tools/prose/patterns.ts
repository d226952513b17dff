import type { Text } from './text.ts'

type Pattern = { pattern: RegExp; instead: string; except?: readonly Text['kind'][] }

const namePerson = 'name the person: caller, agent, administrator, client'

/** Wordings that docs/style.md rejects. Only those that are almost never right: reviewers find the rest. */
const patterns: readonly Pattern[] = [
  { pattern: /\b(?:whoever|whomever)\b/i, instead: namePerson },
  // "the person whom" is fine; a sentence that begins with "whom" hides the person.
  { pattern: /(?:^|[.:;!] )Whom\b/, instead: namePerson },
  {
    // Fragments such as "What each node did" are fine; sentences such as "What is stored stays" are riddles.
    pattern:
      /^What (?:is|are|was|were|has|had|does|did|can|may|must|becomes?|became|happens?|happened|comes?|came|it|they|there) (?![^.]*\?)/,
    instead: 'begin the sentence with a noun',
    except: ['heading', 'UI text'],
  },
  {
    pattern:
      /(?:^|[.!:;] )(?:Who (?:is|are|was|were|has|had|may|does|did|wants?|gets?|needs?)|One (?:that|who)) (?![^.]*\?)/,
    instead: 'begin the sentence with a noun',
    except: ['heading', 'UI text'],
  },
  // "Somebody called me" is a button.
  { pattern: /\bsomebody\b(?! (?:called|else)\b)/i, instead: namePerson, except: ['UI text'] },
  // "signs nobody in" is fine; "is nobody" is a riddle.
  { pattern: /\b(?:is|are|was|were|be|as|of|for|to|by) nobody\b|\bnobody['’]s\b/i, instead: namePerson },
  {
    pattern: /\b(?:is|are|was|were|be) (?:told|said)\b(?! apart| to )/,
    instead: 'say who does what: "the log names …"',
  },
  { pattern: /\btells? of\b/, instead: 'reports, lists, describes' },
  { pattern: /\bbe it\b|\bshould (?:it|they|one) (?![^.]*\?)/, instead: 'if, whether' },
  { pattern: /\bso (?:long|often|many times)\b(?! that)/, instead: 'name the time or the number' },
  {
    pattern: /(?<!\bthere )\b(?:is|are|was|were) none\b(?! of)/,
    instead: 'name what is missing or invalid',
  },
  { pattern: /\b(?:what|all) there (?:is|are)\b|\b(?:what|who) is there\b/, instead: 'existing …' },
  { pattern: /\bmay nothing\b/, instead: 'has no rights' },
  { pattern: /\bany more(?=[.,;:)]|$)/, instead: 'no longer' },
  { pattern: /\banew\b/, instead: 'again' },
  { pattern: /\bin the place of\b/, instead: 'instead of' },
  { pattern: /\bbesides(?=[.,;:)]|$)/, instead: 'also' },
  { pattern: /\bways? out\b/, instead: 'outcome' },
  {
    pattern:
      /\b(?:thereof|therein|thereby|hereby|wherein|whereof|whereby|hitherto|henceforth|whence|lest|albeit|nought)\b/i,
    instead: 'an everyday word',
  },
  { pattern: /\b(?:e-mails?|mails|mailed)\b(?![-\w]*\.\w)/i, instead: 'email' },
  { pattern: /\buser names?\b/, instead: 'username' },
  { pattern: /\b(?:neighbours?|couriers?|tidy|tidies|tidied)\b/i, instead: 'cluster, outbox, maintenance' },
  { pattern: /\bhonestly\b/i, instead: 'nothing: leave it out' },
]

export type Finding = { text: Text; words: string; instead: string }

/** Every pattern that a text matches. Inline code is not prose. */
export function findingsIn(text: Text): Finding[] {
  const prose = text.text.replaceAll(/`[^`]*`/g, '`…`')
  return patterns
    .filter(({ except }) => except?.includes(text.kind) !== true)
    .flatMap(({ pattern, instead }) => {
      const words = pattern.exec(prose)?.[0].trim()
      return words === undefined ? [] : [{ text, words, instead }]
    })
}
