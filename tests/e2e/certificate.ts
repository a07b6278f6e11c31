import { owner } from '#tests/support/served'

/** Code of a certificate that the first student of Acme holds. */
export const CERTIFICATE = 'acme-certificate-0123456789'

/** Gives it to them; a second time it is there already. */
export async function giveCertificate(): Promise<void> {
  await owner().query(
    `insert into "Certificate" ("tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt")
     select u."tenantId", u.id, c.id, $1, u.name, c.title, i.name, now() from "User" u
     join "Tenant" t on t.id = u."tenantId" and t.subdomain = 'acme'
     join "Course" c on c."tenantId" = u."tenantId" and c.status = 'PUBLISHED'
     join "User" i on i."tenantId" = c."tenantId" and i.id = c."instructorId"
     where u.email = 'student@acme.test'
       and not exists (select from "Certificate" o where o."tenantId" = u."tenantId" and (o.code = $1 or (o."userId" = u.id and o."courseId" = c.id)))
     order by c.id limit 1 on conflict do nothing`,
    [CERTIFICATE],
  )
}
