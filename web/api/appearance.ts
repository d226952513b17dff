import type { AnswerOf } from '../../contract/endpoint.ts'
import { readAppearance as endpoint } from '../../contract/server.ts'
import { callEndpoint } from './endpoint.ts'

/** Branding of a realm's sign-in page. Without a theme, the colours are Sidegate's own. */
export type Appearance = AnswerOf<typeof endpoint>

/** The colours of one colour scheme, each as `#rrggbb` or `#rgb`. */
export type ThemeColours = Appearance['colours']['light']

/** Source: `docs/operations-wire.md`, "Themes". @throws ApiError when the realm doesn't exist. */
export function readAppearance(
  realm: string,
  query: { journey: string | undefined; locale: string | undefined },
): Promise<Appearance> {
  return callEndpoint(endpoint, { realm, query })
}

/** @returns undefined for anything else, such as an appearance of another version. */
export function parseAppearance(value: unknown): Appearance | undefined {
  return endpoint.answer().safeParse(value).data
}
