import 'server-only'

/** The reserved Tenant row that stands for the platform itself. */
export const PLATFORM_TENANT_ID = 'platform'
