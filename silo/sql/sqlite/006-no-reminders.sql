-- No grain ever used a reminder: what is due is found by the columns of the stored records.
DROP TABLE reminder;
DROP TABLE reminder_version;
