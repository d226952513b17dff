import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { GateBox } from './gate-path.ts'

/** Measures an element and follows changes of its size. Undefined before the first layout. */
export function useElementBox<Element extends HTMLElement>(): [
  RefObject<Element | null>,
  GateBox | undefined,
] {
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
