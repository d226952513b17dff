import { KeptByVersion } from '../base/kept-by-version.ts'
import { type Awaitable, andThen } from '../base/work.ts'
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
  readonly #inForce: Pick<DocumentStore, 'all'>
  readonly #kept: KeptByVersion<readonly Look[]>

  /** @param inForce reads documents with the values of their placeholders. */
  constructor(
    documents: Pick<DocumentStore, 'all'>,
    configuration: Configuration,
    inForce: Pick<DocumentStore, 'all'> = documents,
  ) {
    this.#documents = documents
    this.#inForce = inForce
    this.#kept = new KeptByVersion(() => andThen(configuration.version(), (version) => [version]))
  }

  /** The look of a journey's pages. @param realm path of a realm that exists. */
  async lookFor(realm: string, journey: string | undefined): Promise<Look | undefined> {
    return themeFor(await this.#kept.of(realm, () => this.#read(realm)), journey)
  }

  async #read(realm: string): Promise<{ value: readonly Look[]; isKept: boolean }> {
    const stored = await this.#documents.all(realm, themeKind)
    const isPlain = !stored.some(({ document }) => hasPlaceholder(document))
    const documents = isPlain ? stored : await this.#inForce.all(realm, themeKind)
    // Servers see a variable of another server a moment after the new version.
    return { value: documents.map(({ document }) => lookOf(readTheme(document))), isKept: isPlain }
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
