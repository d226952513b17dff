import type { JsonObject } from '../base/json.ts'

/** The people of a recording, by the names that walks give them. */
export class Cast {
  readonly people: Record<string, JsonObject> = {}
  readonly #passwords = new Map<string, Set<string>>()

  /** @param typed a username or an address. @returns the name of the person. */
  named(typed: string): string {
    const isAddress = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed)
    const name = (isAddress ? typed.slice(0, typed.indexOf('@')) : typed).replaceAll(
      /[^\p{L}\p{N}_-]+/gu,
      '-',
    )
    if (name === '') return this.anyone()
    const existing = this.people[name] ?? {}
    const mail = isAddress
      ? typed
      : (existing.mail ?? `${/^[\w-]+$/.test(name) ? name : 'person'}@example.com`)
    const isOwnName = isAddress || typed === name
    this.people[name] = { ...existing, ...(isOwnName ? {} : { userName: typed }), mail }
    return name
  }

  /** Someone who is signed in, and was not seen to sign in. */
  agent(): string {
    this.people.dana = { mail: 'dana@example.com', roles: ['helpdesk'] }
    return 'dana'
  }

  /** A person whom nothing names. */
  anyone(): string {
    return Object.keys(this.people)[0] ?? this.named('alex')
  }

  /** Remembers a password that the server accepted. */
  accept(person: string, password: string): void {
    this.#passwords.set(person, (this.#passwords.get(person) ?? new Set()).add(password))
  }

  ownerOf(password: string): string | undefined {
    return [...this.#passwords].find(([, passwords]) => passwords.has(password))?.[0]
  }

  /** Registers an authenticator app. */
  giveApp(person: string): void {
    this.people[person] = { ...this.people[person], authenticatorApp: true }
  }
}
