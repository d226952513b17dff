import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Elements that are always read as lists. */
const lists = new Set([
  'ArtifactResolutionService',
  'IDPSSODescriptor',
  'KeyDescriptor',
  'SingleLogoutService',
  'SingleSignOnService',
  'X509Certificate',
  'X509Data',
])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => lists.has(name),
})

/**
 * Reads XML whose signature doesn't matter. Rejects document types, because their entities can replace and multiply text.
 * @throws Error for invalid XML.
 */
export function parseXml(xml: string): unknown {
  if (/<!DOCTYPE/i.test(xml)) throw new Error('XML with a document type is not allowed')
  if (XMLValidator.validate(xml) !== true) throw new Error('the text is not XML')
  return parser.parse(xml)
}

/** Escapes text for an element or a quoted attribute. */
export function xmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

/** Resolves the references in an element's text. */
export function plainText(xml: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return xml.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    if (code <= 0x10ffff) return String.fromCodePoint(code)
    return entities[name] ?? whole
  })
}

/** Renders the attributes of a tag, without undefined ones. */
export function xmlAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlText(value)}"`))
    .join('')
}
