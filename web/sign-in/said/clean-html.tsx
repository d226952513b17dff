import DOMPurify from 'dompurify'
import { useEffect, useRef } from 'react'
import { plain } from './plain.ts'

const allowed = {
  ALLOWED_TAGS: [
    ...['a', 'b', 'blockquote', 'br', 'code', 'div', 'em', 'h2', 'h3', 'h4', 'hr', 'i', 'img', 'li', 'ol'],
    ...['p', 'pre', 's', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'ul'],
  ],
  // No style, class or id: a text must not look like a part of the page.
  ALLOWED_ATTR: ['alt', 'dir', 'height', 'href', 'lang', 'src', 'title', 'width'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const

/** HTML of a journey, without anything that could act. Links lead to a window of their own, which learns nothing of this one. */
export default function CleanHtml({ html, className }: { html: string; className: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.replaceChildren(cleaned(plain(html)))
  }, [html])
  return <div ref={place} className={`${className} html`} dir="auto" />
}

function cleaned(html: string): DocumentFragment {
  // Tags that make a heading of the page are made smaller ones; so there is one first heading.
  const lowered = html.replace(
    /<(\/?)(h1|center)\b/gi,
    (_all, slash, tag) => `<${slash}${tag === 'h1' ? 'h2' : 'div'}`,
  )
  const fragment = DOMPurify.sanitize(lowered, {
    ...allowed,
    ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
    ALLOWED_ATTR: [...allowed.ALLOWED_ATTR],
  })
  for (const link of fragment.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  for (const image of fragment.querySelectorAll('img:not([alt])')) image.setAttribute('alt', '')
  return fragment
}
