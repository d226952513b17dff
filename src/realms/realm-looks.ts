import type { Awaitable } from '../base/work.ts'
import { hasPlaceholder } from '../engine/placeholders.ts'
import { type Colours, coloursOf, darkColours, themeFor } from './appearance.ts'
import type { DocumentStore } from './document-store.ts'
import { type PageColours, pageColours } from './page-colours.ts'
import { readTheme, type Theme, themeKind } from './theme.ts'

/** A theme, and what pages compute from it. */
export type Look = {
  theme: Theme
  colours: Readonly<Record<'light' | 'dark', Colours>>
  properties: Readonly<Record<'light' | 'dark', PageColours>>
}

type Configuration = { version(): Awaitable<number> }

/** Reads and parses the themes of a realm once for each version of the configuration. */
export class RealmLooks {
  readonly #documents: Pick<DocumentStore, 'all'>
  readonly #configuration: Configuration
  readonly #inForce: Pick<DocumentStore, 'all'>
  #kept = new Map<string, readonly Look[]>()
  #version = -1

  /** @param inForce reads documents with the values of their placeholders. */
  constructor(
    documents: Pick<DocumentStore, 'all'>,
    configuration: Configuration,
    inForce: Pick<DocumentStore, 'all'> = documents,
  ) {
    this.#documents = documents
    this.#inForce = inForce
    this.#configuration = configuration
  }

  /** The look of a journey's pages. @param realm path of a realm that exists. */
  async lookFor(realm: string, journey: string | undefined): Promise<Look | undefined> {
    const version = await this.#configuration.version()
    if (version !== this.#version) {
      this.#kept = new Map()
      this.#version = version
    }
    return themeFor(this.#kept.get(realm) ?? (await this.#read(realm, version)), journey)
  }

  async #read(realm: string, version: number): Promise<readonly Look[]> {
    const stored = await this.#documents.all(realm, themeKind)
    const isPlain = !stored.some(({ document }) => hasPlaceholder(document))
    const documents = isPlain ? stored : await this.#inForce.all(realm, themeKind)
    const looks = documents.map(({ document }) => lookOf(readTheme(document)))
    // A change meanwhile may be missing. Variables change without a new version of the configuration.
    if (this.#version === version && isPlain) this.#kept.set(realm, looks)
    return looks
  }
}

function lookOf(theme: Theme): Look {
  const colours = { light: coloursOf(theme, 'light'), dark: coloursOf(darkColours(theme), 'dark') }
  const properties = {
    light: pageColours(colours.light, 'light'),
    dark: pageColours(colours.dark, 'dark'),
  }
  return { theme, colours, properties }
}
