"""Problems that readers report: the form, the inbox of staff, the answer."""
