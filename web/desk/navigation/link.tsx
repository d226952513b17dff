import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { go, usePlace, useRealm } from './navigation.ts'
import { addressOf, type Place } from './place.ts'

type ToProps = { place: Place } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'>

/** A link within the desk. Opened in a window of its own, it is a link like any other. */
export function To({ place, children, ...more }: ToProps) {
  const realm = useRealm()
  const address = addressOf(place, realm)
  const isHere = addressOf(usePlace(), realm) === address
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(address)
  }
  return (
    <a href={address} aria-current={isHere ? 'page' : undefined} onClick={follow} {...more}>
      {children}
    </a>
  )
}
