import { z } from 'zod'
import { suggestion } from '../../base/suggestion.ts'
import { methodSchema, methodsOf } from '../../engine/methods.ts'
import type { Trail } from './trail.ts'

/** A rule that every run of every journey must keep. */
export type Invariant = {
  text: string
  /** @returns how a trail breaks it; undefined if it doesn't. */
  brokenBy(trail: Trail): string | undefined
}

/** Words of `sidegate.yaml` for methods. */
const methodWords: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(methodSchema.options.map((method) => [method, [method]])),
  passkey: ['pop'],
}

/** The forms of invariants. */
const forms = [
  'success needs one of [pwd, otp, passkey]',
  'no email except to the address on file',
  'no call except to [risk.example, api.example]',
  'no change of people without a credential',
  'success only as the person who proved it',
] as const

/** Reads an invariant as it is written in `sidegate.yaml`. */
export const invariantSchema = z.string().transform((text, context): Invariant => {
  const read = readInvariant(text.trim())
  if (typeof read !== 'string') return read
  context.issues.push({ code: 'custom', message: read, input: text })
  return z.NEVER
})

/** @returns what is wrong with the text if it is no invariant. */
function readInvariant(text: string): Invariant | string {
  const [, methods] = /^success needs one of \[(.+)\]$/.exec(text) ?? []
  if (methods !== undefined) return credentialNeeded(text, wordsIn(methods))
  if (text === forms[1]) return { text, brokenBy: mailElsewhere }
  const [, hosts] = /^no call except to \[(.*)\]$/.exec(text) ?? []
  if (hosts !== undefined) return callsOnlyTo(text, wordsIn(hosts))
  if (text === forms[3]) return { text, brokenBy: changeWithoutCredential }
  if (text === forms[4]) return { text, brokenBy: successOfAnother }
  return `'${text}' is no invariant. There are: ${forms.join('; ')}${suggestion(text, forms)}`
}

function wordsIn(list: string): string[] {
  return list.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
}

function credentialNeeded(text: string, words: readonly string[]): Invariant | string {
  const names = Object.keys(methodWords)
  const unknown = words.find((word) => !Object.hasOwn(methodWords, word))
  if (unknown !== undefined) {
    return `'${unknown}' in '${text}' is no credential, but ${names.join(', ')}${suggestion(unknown, names)}`
  }
  const methods: ReadonlySet<string> = new Set(words.flatMap((word) => methodWords[word] ?? []))
  return {
    text,
    brokenBy({ spot }) {
      const { proofs = [] } = spot.run.session
      if (spot.session.outcome !== 'success' || proofs.some(({ method }) => methods.has(method)))
        return undefined
      const proved = [...new Set(proofs.map(({ method }) => method))].join(', ')
      return `it succeeds ${proved === '' ? 'without any credential' : `with ${proved} alone`}`
    },
  }
}

/** Addresses on file are those of people who existed before the email was sent. */
function mailElsewhere({ spot }: Trail): string | undefined {
  const known = new Set(spot.people.map(({ attributes }) => String(attributes.mail ?? '').toLowerCase()))
  const other = spot.mails.flatMap(({ to }) => to).find((address) => !known.has(address.toLowerCase()))
  return other === undefined ? undefined : `it sends an email to ${other}, which nobody has on file`
}

function callsOnlyTo(text: string, hosts: readonly string[]): Invariant {
  return {
    text,
    brokenBy({ spot }) {
      const call = spot.calls.find(({ url }) => {
        const { hostname = '', host = '' } = URL.parse(url) ?? {}
        return !hosts.includes(hostname) && !hosts.includes(host)
      })
      return call === undefined ? undefined : `it calls ${URL.parse(call.url)?.host ?? 'an invalid URL'}`
    },
  }
}

function changeWithoutCredential({ spot, stub }: Trail): string | undefined {
  const { changedPersonAt, proofs = [] } = spot.run.session
  const isChanged = changedPersonAt !== undefined && proofs.length === 0 && Object.keys(stub).length === 0
  return isChanged ? 'it changes a person who has proved no credential' : undefined
}

/** Registrations and single sign-on prove nothing here, so they break no rule. */
function successOfAnother({ spot }: Trail): string | undefined {
  const { proofs = [], identified, shared } = spot.run.session
  const signedIn = String(identified?.name ?? shared.username).toLowerCase()
  const person = spot.people.find(({ id, userName }) => [id, userName.toLowerCase()].includes(signedIn))
  const names = [person?.id, person?.userName ?? signedIn].flatMap((name) => name ?? [])
  const isOfOthers = proofs.length > 0 && methodsOf(proofs, names).length === 0
  if (spot.session.outcome !== 'success' || !isOfOthers) return undefined
  return `it signs in ${person?.userName ?? signedIn}, and ${proofs[0]?.name} has proved the credential`
}
