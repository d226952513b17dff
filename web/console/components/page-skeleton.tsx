import './page.css'
import { Skeleton } from './skeleton.tsx'

/** Stands for a page whose code or content is still loading. */
export function PageSkeleton() {
  return (
    <div className="page">
      <div className="head wrap align-end" aria-hidden="true">
        <div className="skeleton-head" />
      </div>
      <Skeleton label="Loading the page" rows={6} />
    </div>
  )
}
