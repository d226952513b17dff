import DOMPurify from 'dompurify'
import { useEffect, useRef } from 'react'
import { cleanText } from './clean-text.ts'
import { parseInertHtml } from './inert-html.ts'

const allowedHtml = {
  ALLOWED_TAGS: [
    ...[
      'a',
      'b',
      'blockquote',
      'br',
      'center',
      'code',
      'div',
      'em',
      'h1',
      'h2',
      'h3',
      'h4',
      'hr',
      'i',
      'img',
    ],
    ...['li', 'ol', 'p', 'pre', 's', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'ul'],
  ],
  // No style, class or id: a message must not imitate parts of the page.
  ALLOWED_ATTR: ['alt', 'dir', 'height', 'href', 'lang', 'src', 'title', 'width'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
}

/** Sanitized HTML of a journey. Links open in a new window without a referrer or opener. */
export default function CleanHtml({ html, className }: { html: string; className: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.replaceChildren(sanitize(html))
  }, [html])
  return <div ref={place} className={`${className} html`} dir="auto" />
}

function sanitize(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(parseInertHtml(cleanText(html)), {
    ...allowedHtml,
    RETURN_DOM_FRAGMENT: true,
  })
  // The page has its own h1.
  for (const heading of fragment.querySelectorAll('h1')) {
    const smaller = document.createElement('h2')
    smaller.append(...heading.childNodes)
    heading.replaceWith(smaller)
  }
  for (const link of fragment.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  for (const image of fragment.querySelectorAll('img:not([alt])')) image.setAttribute('alt', '')
  return fragment
}
