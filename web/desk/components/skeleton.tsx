import './skeleton.css'

/** Stands for a page that is being loaded, in its place and size. Not animated. */
export function PageSkeleton({ title }: { title: string }) {
  return (
    <section className="page-skeleton stack gap-5" aria-busy="true">
      <h1 className="spoken">{title}</h1>
      <i className="head" />
      <i className="gate-bone" />
      <i />
      <i />
    </section>
  )
}
