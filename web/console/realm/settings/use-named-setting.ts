import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Brings the group or setting that the URL's hash names into view, and focuses it. */
export function useNamedSetting(): void {
  const location = useLocation()
  useEffect(() => {
    const target = location.hash === '' ? undefined : elementOf(location.hash)
    if (target === undefined) return
    // A dialog that closes first gives the focus back to where it was.
    const timer = setTimeout(() => {
      target.scrollIntoView({ block: target.matches('section') ? 'start' : 'center' })
      focusOf(target).focus({ preventScroll: true })
    })
    return () => clearTimeout(timer)
  }, [location])
}

/** The element of a group, or of a setting or the nearest group around it: parts that are off aren't shown. */
function elementOf(id: string): HTMLElement | undefined {
  const group = document.querySelector<HTMLElement>(`.settings section[id=${CSS.escape(id)}]`)
  if (group !== null) return group
  const path = id.split('.')
  for (let length = path.length; length > 0; length -= 1) {
    const place = CSS.escape(path.slice(0, length).join('.'))
    const found = document.querySelector<HTMLElement>(`.settings [data-setting=${place}]`)
    if (found !== null) return found
  }
  return undefined
}

function focusOf(element: HTMLElement): HTMLElement {
  const isSection = element.matches('section')
  return element.querySelector<HTMLElement>(isSection ? 'h2' : 'input, textarea, select, button') ?? element
}
