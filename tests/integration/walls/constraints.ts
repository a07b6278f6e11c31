import type { ClientBase } from 'pg'
import { ask, compare, type Faults } from './catalogue'

/** What has to be true of every row; Prisma sees none of it and would drop none of it loudly. */
const CHECKS = [
  'tenant_name tenant_subdomain tenant_platform_row tenant_platform_active tenant_accent',
  'user_email user_name user_password user_super_admin role_name role_permissions course_title course_published',
  'module_title module_order lesson_title lesson_order lesson_duration lesson_content_version',
  'enrollment_progress lesson_progress_position lesson_progress_completed',
  'exam_title exam_duration exam_window exam_questions exam_version_number exam_version_duration exam_version_questions',
  'exam_attempt_number exam_attempt_deadline exam_attempt_submitted exam_attempt_answers exam_answer_sequence',
  'assignment_title submission_grade submission_graded ai_chat_messages notification_title notification_link notification_key',
  'live_class_title live_class_duration live_class_meeting live_class_recording live_class_notes live_class_series',
  'live_class_sequence class_attendance_minutes class_attendance_mark',
  'session_token_hash session_expires throttle_failures invitation_email invitation_role',
  'stored_file_bytes stored_file_key usage_counter_amount',
  'school_request_platform school_request_subdomain school_request_email',
  'course_capacity course_key course_outcomes category_name lesson_completion_percent lesson_release_after',
  'lesson_progress_watched note_body note_second note_anchor note_quote note_before certificate_code',
  'exam_settings exam_instructions exam_access_code exam_version_settings exam_attempt_layout exam_attempt_max_score',
  'exam_attempt_score exam_attempt_graded exam_attempt_ended exam_mark_max exam_mark_graded exam_mark_comment',
  'exam_event_key exam_event_detail accommodation_time accommodation_attempts accommodation_window accommodation_scope',
  'accommodation_note bank_question bank_tags assignment_points assignment_accepts assignment_settings',
  'submission_number submission_link submission_version_number submission_version_key',
  'submission_version_something submission_version_link submission_draft_link',
  'submission_files submission_version_files submission_draft_files assignment_rubric submission_marks assignment_extension_note course_grading grade_change_item grade_change_number grade_change_points',
  'grade_change_course grade_change_reason grade_question_item grade_question_key grade_question_body',
  'grade_question_answer school_break_name school_break_days leaderboard_nickname',
  'course_tutor tutor_question_key tutor_question_place tutor_question_about tutor_question_stopped',
  'tutor_question_answered',
  'notification_settings_choices announcement_key announcement_title announcement_body',
  'streak_current streak_longest audit_log_action outbox_kind',
  'course_report_objects course_warning_place course_warning_signals school_report_weeks',
  'school_activity_span school_activity_people message_body message_key',
].flatMap((line) => line.split(' '))

/** Partial and deferrable ones, as PostgreSQL prints them. */
const SPECIAL = [
  'CREATE UNIQUE INDEX accommodation_of_course ON public."ExamAccommodation" USING btree ("tenantId", "courseId", "userId") WHERE ("examId" IS NULL)',
  'CREATE UNIQUE INDEX accommodation_of_exam ON public."ExamAccommodation" USING btree ("tenantId", "examId", "userId") WHERE ("examId" IS NOT NULL)',
  'CREATE UNIQUE INDEX exam_attempt_that_counts ON public."ExamAttempt" USING btree ("tenantId", "examId", "userId") WHERE counts',
  'CREATE UNIQUE INDEX invitation_open ON public."Invitation" USING btree ("tenantId", email) WHERE (("acceptedAt" IS NULL) AND ("revokedAt" IS NULL))',
  'CREATE UNIQUE INDEX tutor_question_open ON public."TutorQuestion" USING btree ("tenantId", "chatId") WHERE (outcome IS NULL)',
  'CREATE UNIQUE INDEX user_live_email ON public."User" USING btree ("tenantId", email) WHERE ("deletedAt" IS NULL)',
  'lesson_position EXCLUDE USING btree ("tenantId" WITH =, "moduleId" WITH =, "order" WITH =) WHERE (("deletedAt" IS NULL)) DEFERRABLE',
  'module_position EXCLUDE USING btree ("tenantId" WITH =, "courseId" WITH =, "order" WITH =) WHERE (("deletedAt" IS NULL)) DEFERRABLE',
]

/** Every named check is there and holds for the rows that are, too; and so are the partial and deferrable keys. */
export async function constraintFaults(client: ClientBase): Promise<Faults> {
  const checks = await ask<{ name: string }>(
    client,
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND convalidated`,
  )
  const special = await ask<{ text: string }>(
    client,
    `SELECT pg_get_indexdef(i.indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NOT NULL
     UNION ALL
     SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype IN ('x', 'u', 'p') AND condeferrable`,
  )
  return [
    ...compare(
      'check',
      checks.map((row) => row.name),
      CHECKS,
    ),
    ...compare(
      'key',
      special.map((row) => row.text),
      SPECIAL,
    ),
  ]
}
