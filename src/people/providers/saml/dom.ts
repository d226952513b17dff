import { DOMParser } from '@xmldom/xmldom'

/**
 * Parses a message in which signatures matter. Rejects document types, because their entities can replace and multiply text.
 * @throws Error for invalid XML.
 */
export function parseDom(xml: string): Element {
  if (/<!DOCTYPE/i.test(xml)) throw new Error('XML with a document type is not allowed')
  const refuse = () => {
    throw new Error('the text is not XML')
  }
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse }
  const { documentElement } = new DOMParser({ errorHandler }).parseFromString(normalised(xml), 'text/xml')
  return documentElement ?? refuse()
}

/** Parsers normalise line ends, and signatures cover the result. Source: "Extensible Markup Language 1.0", 2.11. */
export function normalised(xml: string): string {
  return xml.replace(/\r\n?/g, '\n')
}

export function childrenOf(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1)
}

export function isElement(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name
}

export function childrenNamed(parent: Element, namespace: string, name: string): Element[] {
  return childrenOf(parent).filter((child) => isElement(child, namespace, name))
}

/** The child with this name. @throws Error if there are several. */
export function childNamed(parent: Element, namespace: string, name: string): Element | undefined {
  const [child, another] = childrenNamed(parent, namespace, name)
  if (another !== undefined) throw new Error(`${parent.localName} has more than one ${name}`)
  return child
}

/** An attribute; undefined if it is missing. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.hasAttribute(name) ? (element.getAttribute(name) ?? undefined) : undefined
}

/** The text of an element, without comments. */
export function textOf(element: Element | undefined): string {
  return element?.textContent ?? ''
}
