/**
 * HTML as a tree that does nothing: nothing in it loads or runs. Handlers and styles get other names first, because a
 * browser reports what the pages' policy refuses even there; what must not be in the page is taken out afterwards.
 */
export function parsed(html: string): DocumentFragment {
  const quiet = html.replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/([\s/"'])(style|on\w+)(\s*=)/gi, '$1data-was-$2$3'),
  )
  const { content } = Object.assign(document.createElement('template'), { innerHTML: quiet })
  for (const element of content.querySelectorAll('script, style')) element.remove()
  return content
}
