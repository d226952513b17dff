import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { localisedTextSchema } from '../base/locale.ts'
import { colourPattern } from './contrast.ts'

/** The kind of the realm's documents that are themes. */
export const themeKind = 'theme'

/** One text, or one per locale. */
const words = z.union([z.string(), localisedTextSchema], 'must be a text, or texts by locale')

/** A text that matches the pattern, or an empty one for "not set". */
function textLike(pattern: RegExp, message: string) {
  return z.string(message).refine((text) => text === '' || pattern.test(text), message)
}

const colour = textLike(colourPattern, 'must be a colour such as #0d5a77')

/** Larger pictures make every visit of a sign-in page slow: its HTML contains the logo. About 730 kB as a data URI. */
const maxPictureLength = 1_000_000

/**
 * Pages use pictures only as `<img>`, icon or background. There, browsers run no scripts of an SVG and load nothing for it
 * (SVG Integration, "secure animated mode"). Opened as a page of its own, a data URI has no origin, cookies or session.
 */
const picturePattern =
  /^(?:https?:\/\/[^\s"'<>\\]+|\/(?!\/)[^\s"'<>\\]*|data:image\/(?:png|jpeg|gif|webp|svg\+xml|x-icon|vnd\.microsoft\.icon);base64,[A-Za-z0-9+/=]+)$/

const pictureHint =
  'must be an http or https URL, a path, or a data URI of a picture, with at most 1,000,000 characters'
const picture = textLike(picturePattern, pictureHint).max(maxPictureLength, pictureHint)
const pictures = z.union([picture, z.record(z.string(), picture)], pictureHint)

const linkHint = 'must be an http or https URL'
const link = textLike(/^(?:https?:\/\/|mailto:)[^\s"'<>\\]+$/, linkHint)
const links = z.union([link, z.record(z.string(), link)], linkHint)

/** Colours by the vendor's names. */
export const coloursSchema = z.object({
  /** Background of buttons. Their text has `textColor`. */
  primaryColor: colour.optional(),
  textColor: colour.optional(),
  /** Background of the page around the sheet. */
  backgroundColor: colour.optional(),
  journeyCardBackgroundColor: colour.optional(),
  journeyCardTextColor: colour.optional(),
  journeyCardTitleColor: colour.optional(),
  linkColor: colour.optional(),
})

export type ThemeColours = z.infer<typeof coloursSchema>

/**
 * The members of a theme that the server reads. It keeps others unchanged for the editors. `dark`, `organisationName`,
 * `helpUrl` and `privacyUrl` are Sidegate's own. Source: "Theme" of the vendor's hosted pages.
 */
export const themeSchema = coloursSchema.extend({
  name: z.string('must be a text').min(1, 'must not be empty').max(200),
  isDefault: z.boolean('must be true or false').default(false),
  /** Journeys that use this theme. */
  linkedTrees: z.array(z.string(), 'must be a list of journeys').default([]),
  organisationName: words.optional(),
  logo: pictures.optional(),
  logoAltText: words.optional(),
  /** Pixels; some editors write this as text. */
  logoHeight: z.coerce.number('must be a number of pixels').min(16).max(400).optional().catch(undefined),
  favicon: pictures.optional(),
  backgroundImage: picture.optional(),
  helpUrl: links.optional(),
  privacyUrl: links.optional(),
  dark: coloursSchema.optional(),
})

export type Theme = z.infer<typeof themeSchema>

/** A theme's document and its id. */
export type StoredTheme = { id: string; document: JsonObject }

/** Reads a theme from any JSON, as in an import, and drops invalid members. */
export function readTheme(document: JsonObject): Theme {
  const members = Object.entries(themeSchema.shape).map(([name, schema]) => {
    const read = z.safeParse(schema, Object.hasOwn(document, name) ? document[name] : undefined)
    return [name, read.success ? read.data : undefined] as const
  })
  const { dark } = document
  const darkColours = jsonObjectSchema.safeParse(dark).success
    ? readColours(jsonObjectSchema.parse(dark))
    : undefined
  return themeSchema.parse({
    name: 'Theme',
    ...withoutUndefined(members),
    ...(darkColours && { dark: darkColours }),
  })
}

function readColours(document: JsonObject): ThemeColours {
  const members = Object.entries(coloursSchema.shape).map(
    ([name, schema]) => [name, schema.safeParse(document[name]).data] as const,
  )
  return withoutUndefined(members)
}

function withoutUndefined(members: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}
