import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { navigateTo, useRealm, useRoute } from './navigation.ts'
import { pathOf, type Route, routeUrl } from './route.ts'

type LinkProps = { to: Route } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'>

/** A link to another page of the desk. Modified clicks open it in a new tab or window as usual. */
export function Link({ to, children, ...attributes }: LinkProps) {
  const realm = useRealm()
  const url = routeUrl(to, realm)
  // A filter or a prefilled form is the same page.
  const isCurrent = pathOf(useRoute()) === pathOf(to)
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigateTo(url)
  }
  return (
    <a href={url} aria-current={isCurrent ? 'page' : undefined} onClick={follow} {...attributes}>
      {children}
    </a>
  )
}
