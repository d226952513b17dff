import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { GateBox } from './gate-path.ts'

/** The box of an element as it is laid out, kept up to date; undefined before the first layout. */
export function useBox<Element extends HTMLElement>(): [RefObject<Element | null>, GateBox | undefined] {
  const element = useRef<Element>(null)
  const [box, setBox] = useState<GateBox>()
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = () =>
      setBox({
        width: current.clientWidth,
        height: current.clientHeight,
        isRightToLeft: getComputedStyle(current).direction === 'rtl',
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return [element, box]
}
