import DOMPurify from 'dompurify'
import { useEffect, useRef } from 'react'
import { parsed } from './parsed.ts'
import { plain } from './plain.ts'

const allowed = {
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
  // No style, class or id: a text must not look like a part of the page.
  ALLOWED_ATTR: ['alt', 'dir', 'height', 'href', 'lang', 'src', 'title', 'width'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
}

/** HTML of a journey, without anything that could act. Links lead to a window of their own, which learns nothing of this one. */
export default function CleanHtml({ html, className }: { html: string; className: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.replaceChildren(cleaned(html))
  }, [html])
  return <div ref={place} className={`${className} html`} dir="auto" />
}

function cleaned(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(parsed(plain(html)), { ...allowed, RETURN_DOM_FRAGMENT: true })
  // The page has a first heading of its own.
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
