/**
 * Parses HTML without loading or running anything in it. Renames event handlers and styles first, because browsers report
 * violations of the content security policy even for inert documents. This is not a sanitizer.
 */
export function parseInertHtml(html: string): DocumentFragment {
  const quiet = html.replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/([\s/"'])(style|on\w+)(\s*=)/gi, '$1data-was-$2$3'),
  )
  const { content } = Object.assign(document.createElement('template'), { innerHTML: quiet })
  for (const element of content.querySelectorAll('script, style')) element.remove()
  return content
}
