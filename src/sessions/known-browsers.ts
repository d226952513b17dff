import { timingSafeEqual } from 'node:crypto'
import type { Cookie } from '../engine/cookie.ts'
import { levelOf } from '../engine/level.ts'
import { type Method, methodSchema } from '../engine/methods.ts'
import { knownBrowserCookie } from '../engine/server-cookies.ts'
import type { GuessedFactor } from '../limits/guesses.ts'
import { randomToken } from '../secrets/digest.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'

const dayMs = 86_400_000
const lifeDays = 180

/** Keeps the cookie of a shared browser small: it remembers the last few people. */
const maxEntries = 8

type Owner = { realm: string; personId: string }

/** `methods`: the methods that the person proved in this browser. `day`: of the last sign-in, in days since the epoch. */
type Entry = { id: string; methods: readonly Method[]; day: number; text: string }

/**
 * Known browsers: failed attempts elsewhere don't lock a person out of them. The cookie holds random ids with a MAC over the
 * person and what they proved. It contains no name and is no sign-in. Source: OWASP, "Slow Down Online Guessing Attacks
 * with Device Cookies".
 */
export class KnownBrowsers {
  readonly #keys: KeySource

  constructor(keys: KeySource) {
    this.#keys = keys
  }

  /**
   * The id of the browser, if the person has proved this factor or two factors in it. Knowing only the password must not
   * allow extra attempts at the second factor.
   */
  browserOf(
    cookie: string | undefined,
    owner: Owner,
    factor: GuessedFactor,
    now: number,
  ): string | undefined {
    const entry = this.#entryOf(cookie, owner, now)
    if (entry === undefined) return undefined
    const method = methodOf[factor]
    const isProven = (method !== undefined && entry.methods.includes(method)) || levelOf(entry.methods) >= 2
    // rule S05: otherwise each sign-in with a known password gives a hundred attempts at the second factor
    return isProven ? entry.id : undefined
  }

  /** The cookie to set after a sign-in; undefined if the browser's cookie is still right or nothing was proved. */
  remember(
    cookie: string | undefined,
    owner: Owner,
    proved: readonly Method[],
    { now, isSecure }: { now: number; isSecure: boolean },
  ): Cookie | undefined {
    if (proved.length === 0) return undefined
    const known = this.#entryOf(cookie, owner, now)
    const methods = [...new Set([...(known?.methods ?? []), ...proved])].toSorted()
    const day = Math.floor(now / dayMs)
    if (known !== undefined && known.day === day && known.methods.length === methods.length) return undefined
    const entry = this.#write({ id: known?.id ?? randomToken(16), methods, day }, owner)
    const others = entriesOf(cookie).filter(({ text }) => text !== known?.text)
    const value = [entry, ...others.map(({ text }) => text)].slice(0, maxEntries).join('~')
    const attributes = { path: '/', isHttpOnly: true, isSecure, sameSite: 'LAX' } as const
    return { name: knownBrowserCookie, value, maxAgeSeconds: (lifeDays * dayMs) / 1000, ...attributes }
  }

  #entryOf(cookie: string | undefined, owner: Owner, now: number): Entry | undefined {
    const today = Math.floor(now / dayMs)
    // rule S12: otherwise anyone can forge the cookie of a known browser
    return entriesOf(cookie).find(
      (entry) => entry.day <= today && entry.day > today - lifeDays && this.#isSigned(entry, owner),
    )
  }

  #isSigned({ text }: Entry, owner: Owner): boolean {
    const place = text.lastIndexOf('.')
    const actual = Buffer.from(text.slice(place + 1))
    return this.#macs(text.slice(0, place), owner).some((mac) => {
      const expected = Buffer.from(mac)
      return actual.length === expected.length && timingSafeEqual(actual, expected)
    })
  }

  #write({ id, methods, day }: Omit<Entry, 'text'>, owner: Owner): string {
    const signed = `${id}.${day}.${methods.join('-')}`
    return `${signed}.${this.#macs(signed, owner)[0]}`
  }

  #macs(signed: string, { realm, personId }: Owner) {
    return macsOf(this.#keys(), JSON.stringify([realm, personId, signed]))
  }
}

const methodOf: Readonly<Partial<Record<GuessedFactor, Method>>> = {
  password: 'pwd',
  oath: 'otp',
  code: 'code',
  recovery: 'rc',
  kba: 'kba',
  binding: 'hwk',
  webauthn: 'pop',
}

function entriesOf(cookie: string | undefined): Entry[] {
  return (cookie ?? '')
    .split('~')
    .slice(0, maxEntries)
    .flatMap((text): Entry[] => {
      const [, id, day, list] = /^([\w-]{22})\.(\d{1,6})\.([a-z-]{2,60})\.[\w-]{43}$/.exec(text) ?? []
      if (id === undefined || day === undefined || list === undefined) return []
      const methods = list.split('-').flatMap((name) => methodSchema.safeParse(name).data ?? [])
      return [{ id, methods, day: Number(day), text }]
    })
}
